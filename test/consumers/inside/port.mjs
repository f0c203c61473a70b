/** Sends something through `postMessage`. @returns what arrives. */
export function port(value) {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port2.onmessage = ({ data }) => {
      port1.close()
      resolve(data)
    }
    port1.postMessage(value)
  })
}
