-- Every request its own UUID (version 4), as a kiosk would make it. Arguments: path, token, services (with commas).
local random = math.random
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

function init(args)
  math.randomseed(os.time() * 16 + seed)
  path = args[1]
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  if args[2] then wrk.headers["Authorization"] = "Bearer " .. args[2] end
  services = {}
  for code in string.gmatch(args[3] or "", "[^,]+") do services[#services + 1] = code end
end

function request()
  local id = string.format("%04x%04x-%04x-4%03x-8%03x-%04x%04x%04x", random(0, 65535), random(0, 65535),
    random(0, 65535), random(0, 4095), random(0, 4095), random(0, 65535), random(0, 65535), random(0, 65535))
  local service = services[random(1, #services)]
  return wrk.format(nil, path, nil, '{"service":"' .. service .. '","origin":"kiosk","id":"' .. id .. '"}')
end
