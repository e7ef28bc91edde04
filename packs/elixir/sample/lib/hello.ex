defmodule Hello do
  @moduledoc "The answer to a request for a path: / greets, /work?ms=300 takes its time."

  def answer("/work?ms=" <> ms) do
    ms = ms |> String.to_integer() |> min(10_000)
    Process.sleep(ms)
    {200, "worked #{ms} ms\n"}
  end

  def answer("/"), do: {200, "Hello from #{System.get_env("VERSION", "dev")}, process #{System.pid()}\n"}
  def answer(_), do: {404, "not found\n"}
end
