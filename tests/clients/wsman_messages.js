// Sends the messages of @device-management-toolkit/wsman-messages, which builds them for Intel's toolkit, with a
// transport of our own.
//
// Its classes are those of AMT, so what they are asked for is not here; its message creator is used for ours, too.
// Takes WSMAN_URL, WSMAN_USER, WSMAN_PASSWORD and MESSAGES_DIR (the package) from the environment; prints `ok` at the
// end.

const assert = require("assert");
const { CIM } = require(process.env.MESSAGES_DIR);
const { WSManMessageCreator, BaseActions } = require(process.env.MESSAGES_DIR + "/WSMan.js");

const login = Buffer.from(process.env.WSMAN_USER + ":" + process.env.WSMAN_PASSWORD).toString("base64");

async function post(body) {
  const headers = { "content-type": "application/soap+xml;charset=UTF-8", authorization: "Basic " + login };
  const answer = await fetch(process.env.WSMAN_URL, { method: "POST", body, headers });
  return [answer.status, await answer.text()];
}

async function ok(body) {
  const [status, text] = await post(body);
  assert.equal(status, 200, text);
  return text;
}

const creator = new WSManMessageCreator("http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/");
const message = (action, name, body, selector) => creator.createXml(creator.createHeader(action, name, selector), body);
const { createCommonBody: common } = creator;
const uri = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";

async function instances(name) {
  let text = await ok(message(BaseActions.ENUMERATE, name, common.Enumerate()));
  let context = text.match(/EnumerationContext>([^<]+)</)[1];
  const found = [];
  while (context) {
    text = await ok(message(BaseActions.PULL, name, common.Pull(context)));
    found.push(...[...text.matchAll(/:InstanceID>([^<]+)</g)].map((match) => match[1]));
    context = /EndOfSequence/.test(text) ? null : text.match(/EnumerationContext>([^<]+)</)[1];
  }
  return found;
}

(async () => {
  // Proves 3 Get.
  // Proves 3 Put: absent stays, nil clears.
  // Proves 3 Create and Delete.
  // Proves 4 Enumerate and Pull in small and large batches, optimised and not.
  // Proves 6 DestinationUnreachable, ActionNotSupported, InvalidParameter.
  const name = "CIMI_MachineConfiguration", before = await instances(name);
  assert.ok(before.length > 1);
  const key = (value) => ({ name: "InstanceID", value });
  const get = await ok(message(BaseActions.GET, name, common.Get(), key(before[0])));
  assert.ok(get.includes(">" + before[0] + "<"));

  // Create, Put and Delete.
  const body = (data) => creator.createBody(name, uri, [data]);
  const made = await ok(message(BaseActions.CREATE, name, common.CreateOrPut
    ? common.CreateOrPut(name, { ElementName: "made", CPU: 1, Memory: 1048576 })
    : body({ ElementName: "made", CPU: 1, Memory: 1048576 })));
  const id = made.match(/Name="InstanceID">([^<]+)</)[1];
  assert.deepEqual((await instances(name)).filter((one) => !before.includes(one)), [id]);
  await ok(message(BaseActions.PUT, name, common.CreateOrPut
    ? common.CreateOrPut(name, { Description: "changed" })
    : body({ Description: "changed" }), key(id)));
  assert.ok((await ok(message(BaseActions.GET, name, common.Get(), key(id)))).includes(">changed<"));
  await ok(message(BaseActions.DELETE, name, common.Delete(), key(id)));
  assert.deepEqual(await instances(name), before);

  // What it builds for AMT meets classes that are not here: faults that say so.
  const cim = new CIM.Messages();
  for (const request of [
    cim.SoftwareIdentity.Enumerate(),
    cim.SoftwareIdentity.Get({ name: "InstanceID", value: "1" }),
    cim.PowerManagementService.RequestPowerStateChange(2),
    cim.BootConfigSetting.ChangeBootOrder(),
  ]) {
    const [status, text] = await post(request);
    assert.equal(status, 500, text);
    assert.match(text, /wsa:DestinationUnreachable/);
    assert.match(text, /CIM_/);
  }
  console.log("ok");
})().catch((error) => { console.error(error); process.exit(1); });
