-- Posts the content of a file over and over, and prints what came of it as JSON.
function init(args)
  if args[1] then
    local file = io.open(args[1])
    wrk.method = "POST"
    wrk.body = file:read("*a")
    wrk.headers["content-type"] = "application/json"
    file:close()
  end
  wrk.headers["accept"] = "application/json"
end

function done(summary, latency)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format(
    '{"requests": %d, "microseconds": %d, "bytes": %d, "failures": %d, "p50": %d}\n',
    summary.requests, summary.duration, summary.bytes, failures, latency:percentile(50)
  ))
end
