/** Vue makes what a `ref` holds reactive all the way down, and would put a proxy before the client: what it keeps private would be gone. */
import { isBisikError } from 'bisik'
import { IndexedDbStore } from 'bisik/store/indexeddb'
import { createApp, h, isReactive, nextTick, onMounted, reactive, ref } from 'vue'
import { assert, converse, errorOf, says, twoUsers } from './conversation.mjs'

const checks = []

const Conversation = {
  setup() {
    const users = ref()
    const text = ref('')
    onMounted(async () => {
      users.value = await twoUsers((name) => IndexedDbStore.open(indexedDB, name))
      window.outcome = everything(users, text).catch((error) => ({ error: String(error?.stack ?? error) }))
    })
    return () => h('p', text.value)
  },
}

async function everything(users, text) {
  // `users` is a proxy, and so is everything in it that Vue knows how to make one of.
  const { alice, bob } = users.value
  assert(isReactive(users.value) && isReactive(alice), 'Vue has made its proxies')
  assert(!isReactive(alice.client), 'a client stays itself')
  await says(alice, bob, 'through ref()')
  checks.push('client in ref()')
  const state = reactive({ alice, bob, received: [] })
  const envelope = ref(await state.alice.client.encrypt(state.bob.address, new TextEncoder().encode('shown')))
  state.received.push(await state.bob.client.decrypt(envelope.value))
  checks.push('envelope in ref()', 'client in reactive()')
  text.value = new TextDecoder().decode(state.received[0].plaintext)
  await nextTick()
  assert(document.querySelector('p')?.textContent === 'shown', 'the page shows the message')
  checks.push('message shown')
  const error = ref(await errorOf(() => bob.client.decrypt(envelope.value)))
  assert(isBisikError(error.value, 'duplicate-message'), 'an error in ref() is known')
  checks.push('error in ref()')
  const stores = ref({})
  await converse(async (name) => {
    stores.value[name] = await IndexedDbStore.open(indexedDB, `held-${name}`)
    return stores.value[name]
  })
  assert(
    Object.values(stores.value).every((store) => !isReactive(store)),
    'a store stays itself',
  )
  checks.push('store in ref()')
  return { checks }
}

createApp(Conversation).mount('#app')
