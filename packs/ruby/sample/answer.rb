# The answer to a request for a path: / greets, /work?ms=300 takes its time.
def answer(path)
  if (work = path.match(%r{\A/work\?ms=(\d{1,5})\z}))
    ms = [work[1].to_i, 10_000].min
    sleep(ms / 1000.0)
    [200, "worked #{ms} ms\n"]
  elsif path == "/"
    [200, "Hello from #{ENV.fetch("VERSION", "dev")}, process #{Process.pid}\n"]
  else
    [404, "not found\n"]
  end
end
