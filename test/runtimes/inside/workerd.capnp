using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "suite", worker = .suite),
    (name = "disk", disk = (path = "durable-objects", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "suite")],
);

const suite :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed "workerd.mjs.bundle.js")],
  compatibilityDate = "2026-11-01",
  durableObjectNamespaces = [(className = "Box", uniqueKey = "bisik", enableSql = true)],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [(name = "BOX", durableObjectNamespace = "Box")],
);
