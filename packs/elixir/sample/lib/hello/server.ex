defmodule Hello.Server do
  @moduledoc "A web server of the standard library alone, one process a connection."
  use Task, restart: :permanent

  def start_link(_), do: Task.start_link(fn -> listen(String.to_integer(System.get_env("PORT", "8080"))) end)

  defp listen(port) do
    {:ok, listener} = :gen_tcp.listen(port, [:binary, packet: :http_bin, active: false, reuseaddr: true, backlog: 1024])
    IO.puts("listening on #{port}")
    accept(listener)
  end

  defp accept(listener) do
    {:ok, connection} = :gen_tcp.accept(listener)
    pid = spawn(fn -> serve(connection, nil) end)
    :gen_tcp.controlling_process(connection, pid)
    accept(listener)
  end

  defp serve(connection, path) do
    case :gen_tcp.recv(connection, 0) do
      {:ok, {:http_request, _, {:abs_path, path}, _}} ->
        serve(connection, path)

      {:ok, :http_eoh} ->
        {status, body} = Hello.answer(path || "/")
        :gen_tcp.send(connection, "HTTP/1.1 #{status} X\r\ncontent-length: #{byte_size(body)}\r\n\r\n#{body}")
        serve(connection, nil)

      {:ok, _} ->
        serve(connection, path)

      {:error, _} ->
        :gen_tcp.close(connection)
    end
  end
end
