const assert = require("node:assert");
const test = require("node:test");
const { answer } = require("./server.js");

test("the root greets", () => {
  let body = "";
  answer({ url: "/" }, { end: (text) => (body = text) });
  assert.match(body, /^Hello/);
});
