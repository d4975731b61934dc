-- Every request another counter, which is free. Arguments: path before the counter, token, first counter, counters.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  path, first, counters = args[1], tonumber(args[3]), tonumber(args[4])
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. args[2]
  turn = 0
end

function request()
  local counter = first + (turn * 2 + number) % counters
  turn = turn + 1
  local id = string.format("%08x-0000-4000-8%03x-%012x", os.time(), number, turn)
  return wrk.format(nil, path .. counter .. "/calls", nil, '{"id":"' .. id .. '"}')
end
