class ServerSuite extends munit.FunSuite:
  test("the root greets"):
    assert(answer(java.net.URI.create("/")).exists(_.startsWith("Hello")))
