# A web server of the standard library alone, one thread a connection.
require "socket"
require_relative "answer"

def serve(connection)
  while (request = connection.gets)
    nil until [nil, "\r\n"].include?(connection.gets)
    status, body = answer(request.split[1].to_s)
    connection.write("HTTP/1.1 #{status} X\r\ncontent-length: #{body.bytesize}\r\n\r\n#{body}")
  end
rescue SystemCallError, IOError
  nil
ensure
  connection.close
end

$stdout.sync = true
port = Integer(ENV.fetch("PORT", "8080"))
listener = TCPServer.new("0.0.0.0", port)
listener.listen(1024)
puts "listening on #{port}"
loop { Thread.new(listener.accept) { |connection| serve(connection) } }
