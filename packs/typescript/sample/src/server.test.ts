import assert from "node:assert";
import test from "node:test";
import { answer } from "./server";

test("the root greets", () => {
  assert.match(answer("/").body, /^Hello/);
});
