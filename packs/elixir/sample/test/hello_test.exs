defmodule HelloTest do
  use ExUnit.Case

  test "the root greets" do
    assert {200, "Hello" <> _} = Hello.answer("/")
  end
end
