require_relative "../answer"

status, body = answer("/")
abort "the root does not greet: #{body}" unless status == 200 && body.start_with?("Hello")
abort "an unknown path is found" unless answer("/none").first == 404
puts "2 checks passed"
