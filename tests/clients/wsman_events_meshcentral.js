// Subscribes with the WS-Management stack of MeshCentral, which is how its users get told by devices: modes Push and
// PushWithAck, events sent to a server that asks for Digest and checks it, no identifier with Unsubscribe.
//
// Takes WSMAN_URL, WSMAN_USER, WSMAN_PASSWORD and MESH_DIR (amt-wsman.js and others) from the environment; prints `ok`
// at the end.

const assert = require("assert"), crypto = require("crypto"), http = require("http");
const dir = process.env.MESH_DIR, url = new URL(process.env.WSMAN_URL);
const md5 = (text) => crypto.createHash("md5").update(text).digest("hex");
global.hex_md5 = md5;

const comm = require(dir + "/amt-wsman-comm.js")(
  url.hostname, Number(url.port), process.env.WSMAN_USER, process.env.WSMAN_PASSWORD, url.protocol === "https:" ? 1 : 0, {});
comm.xtlsFingerprint = 0;
const client = require(dir + "/amt-wsman.js")(comm);
const CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/", CONFIGURATION = CIM + "CIMI_MachineConfiguration";

const call = (start) => new Promise((done) =>
  start((stack, uri, answer, status) => done({ status, body: answer && answer.Body, header: answer && answer.Header })));

// A sink that takes events from a service that logs in as `user` with Digest (MD5, qop=auth), or from anybody.
async function sink(user, password) {
  const nonce = crypto.randomBytes(8).toString("hex"), messages = [], waiting = [];
  let refused = 0, logins = 0;
  const allowed = (request) => {
    const text = request.headers.authorization || "";
    if (!text.startsWith("Digest ")) return false;
    const found = Object.fromEntries([...text.slice(7).matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]*))/g)].map((m) => [m[1], m[2] ?? m[3]]));
    const ha1 = md5(`${user}:sink:${password}`), ha2 = md5(`${request.method}:${request.url}`);
    return found.username === user && found.nonce === nonce &&
      found.response === md5(`${ha1}:${nonce}:${found.nc}:${found.cnonce}:${found.qop}:${ha2}`);
  };
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (data) => (body += data));
    request.on("end", () => {
      if (user && !allowed(request)) {
        refused++;
        response.writeHead(401, { "WWW-Authenticate": `Digest realm="sink", nonce="${nonce}", qop="auth", algorithm=MD5` });
        return response.end();
      }
      if (user) logins++;
      messages.push(body);
      if (waiting.length) waiting.shift()();
      let answer = "";
      if (body.includes("AckRequested")) {
        const id = body.match(/<[^>]*MessageID>([^<]*)</)[1];
        answer = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header><a:Action>http://schemas.dmtf.org/wbem/wsman/1/wsman/Ack</a:Action><a:RelatesTo>${id}</a:RelatesTo></s:Header><s:Body/></s:Envelope>`;
      }
      response.writeHead(200, { "Content-Type": "application/soap+xml" });
      response.end(answer);
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}/events`,
    counts: () => [refused, logins],
    async take(count) {
      while (messages.length < count) {
        await new Promise((done, failed) => {
          const timer = setTimeout(() => failed(new Error(`${messages.length} of ${count} events`)), 60000);
          waiting.push(() => { clearTimeout(timer); done(); });
        });
      }
      return messages.splice(0, count);
    },
  };
}

const create = (name) =>
  call((cb) => client.ExecCreate(CONFIGURATION, { ElementName: name, CPU: 1, Memory: 1048576 }, cb));

(async () => {
  // Proves E modes Push and PushWithAck: in order, tried again, reference parameters, bookmarks.
  // Proves E delivery with Basic and Digest logins.
  for (const mode of ["Push", "PushWithAck"]) {
    const open = await sink(), guarded = await sink("device", "s3cret & <more>");
    const escaped = "s3cret &amp; &lt;more&gt;";
    for (const [target, user, password] of [[open], [guarded, "device", escaped]]) {
      const answer = await call((cb) =>
        client.ExecSubscribe(CONFIGURATION, mode, target.url, cb, 0, 0, null, "opaque", user, password));
      assert.equal(answer.status, 200, JSON.stringify(answer));
      assert.ok(answer.body.SubscriptionManager.ReferenceParameters.Identifier.startsWith("uuid:"));
    }
    const names = [0, 1, 2, 3, 4].map((n) => `${mode}-${n}`);
    for (const name of names) assert.equal((await create(name)).status, 200);
    for (const target of [open, guarded]) {
      const got = await target.take(names.length);
      assert.deepEqual(got.map((text) => text.match(/ElementName>([^<]*)</)[1]), names);
      for (const text of got) {
        assert.equal(text.includes("AckRequested"), mode === "PushWithAck");
        assert.ok(/<[^>]*arg[^>]*xmlns[^>]*http:\/\/x.com/.test(text) || /http:\/\/x.com[^>]*>/.test(text), text);
      }
    }
    // One challenge, then the nonce is used again; the password never crossed the wire.
    assert.deepEqual(guarded.counts(), [1, names.length]);
    const ended = await call((cb) => client.ExecUnSubscribe(CONFIGURATION, cb));
    assert.equal(ended.status, 200);
    const again = await call((cb) => client.ExecUnSubscribe(CONFIGURATION, cb));
    assert.equal(again.status, 500);
  }
  console.log("ok");
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });
