import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { MARK_NO_PASTES, MARK_PASTES, pasteFilter } from '../../examples/chat/paste.js'
import { withoutControls } from '../../examples/chat/width.js'
import { program } from '../support/programs.js'
import { temporaryDirectory } from '../support/sqlite-file.js'
import { endAll, Program, startRelay } from './chat-processes.js'
import { closeAll, Shell, whyNoTerminal } from './chat-terminal.js'

const reason = whyNoTerminal()
if (reason !== undefined) console.warn(`The chat is not tried in a terminal: ${reason}.`)

afterAll(async () => {
  await closeAll()
  await endAll()
})

describe.skipIf(reason !== undefined)('the chat in a terminal', () => {
  const data = temporaryDirectory()

  async function town(name: string) {
    const directory = join(data, name)
    const { relay, url } = await startRelay(directory)
    const options = `--data ${directory} --relay ${url}`
    const shell = new Shell()
    const lock = join(directory, 'alice.lock')
    const start = async (command: string) => {
      await shell.sees(/ready\$ /)
      shell.enter(`${command} alice ${options}`)
      await shell.sees(/You are alice/)
    }
    const friend = async () => {
      const bob = new Program('chat/main.ts', 'bob', '--data', directory, '--relay', url)
      await bob.sees(/You are bob/)
      return bob
    }
    return { directory, relay, url, friend, shell, start, lock, pid: () => Number(readFileSync(lock, 'utf8')) }
  }
  const DIRECT = ['node', ...program('examples/chat/main.ts')].join(' ')

  it('stops on Ctrl-Z and gives the terminal back: what is typed then is the shell’s, and fg goes on', { timeout: 240_000 }, async () => {
    const { shell, start, friend, relay } = await town('stop')
    const bob = await friend()
    for (const [round, command] of ['npm run --silent chat --', DIRECT].entries()) {
      await start(command)
      if (round === 0) {
        shell.enter('/to bob')
        await shell.sees(/Say something to bob/)
      } else await shell.sees(/alice → bob> /)
      shell.enter(`hello ${round}`)
      await bob.sees(new RegExp(` alice: hello ${round}`))
      expect(await shell.mode()).toBe('keys silent')
      shell.press('half a line')
      await shell.sees(/half a line/)

      shell.press('\u001a')
      await shell.sees(/Stopped[\s\S]*ready\$ /)
      shell.enter('echo shell-$((40 + 2)); stty -a')
      await shell.sees(/shell-42/)
      expect(await shell.sees(/-?icanon/)).toBe('icanon')
      await shell.sees(/ready\$ /)
      bob.type(`are you there ${round}`)
      await bob.sees(/✓ {2}you → alice: are you there/)

      shell.enter('fg')
      await shell.sees(new RegExp(` bob: are you there ${round}`))
      await vi.waitFor(async () => expect(await shell.mode()).toBe('keys silent'), 10_000)
      shell.enter(' and its other half')
      await bob.sees(/ alice: half a line and its other half/)
      shell.press('\u0003')
      await shell.sees(/Goodbye, alice/)
    }
    expect(bob.output).not.toMatch(/echo|shell|stty|fg/)
    shell.enter('stty -a')
    expect(await shell.sees(/-?icanon/)).toBe('icanon')
    await Promise.all([bob.stop(), relay.stop()])
  })

  it('gives the terminal back however it stops or ends', { timeout: 240_000 }, async () => {
    const { shell, start, pid, relay, lock } = await town('end')
    await start(DIRECT)
    // Stopped by somebody else, without and with asking.
    const redrawn = async (signal: NodeJS.Signals) => {
      process.kill(pid(), signal)
      await shell.sees(/Stopped[\s\S]*ready\$ /)
      shell.enter(`echo shell-$((40 + 2))`)
      await shell.sees(/shell-42[\s\S]*ready\$ /)
      shell.enter('fg')
      await shell.sees(/alice> /)
      await vi.waitFor(async () => expect(await shell.mode()).toBe('keys silent'), 10_000)
    }
    await redrawn('SIGTSTP')
    await redrawn('SIGSTOP')
    for (const end of ['\u0003', '\u0004', 'SIGTERM', 'SIGHUP'] as const) {
      if (end !== '\u0003') await start(DIRECT)
      if (end.length === 1) shell.press(end)
      else process.kill(pid(), end as NodeJS.Signals)
      await shell.sees(/Goodbye, alice/)
      shell.enter('echo shell-$((40 + 2)); stty -a')
      await shell.sees(/shell-42/)
      expect(await shell.sees(/-?icanon/)).toBe('icanon')
      expect(existsSync(lock)).toBe(false)
    }
    expect(shell.output.split(MARK_PASTES).length).toBe(shell.output.split(MARK_NO_PASTES).length)

    // The window is closed.
    await start(DIRECT)
    const chat = pid()
    await shell.close()
    await vi.waitFor(() => expect(() => process.kill(chat, 0)).toThrow('ESRCH'), 20_000)
    expect(existsSync(lock)).toBe(false)
    await relay.stop()
  })

  it('gives the terminal back when it fails, and can be left before it has begun', { timeout: 240_000 }, async () => {
    const { shell, start, relay, url, directory } = await town('fail')
    await start(DIRECT)
    await relay.kill()
    await shell.sees(/is away/)
    const impostor = await startRelay(join(directory, 'impostor'), new URL(url).port)
    await shell.sees(/The chat stops: the relay vouches for its accounts with another key/)
    shell.enter('stty -a')
    expect(await shell.sees(/-?icanon/)).toBe('icanon')
    await impostor.relay.stop()
    for (const key of ['\u0003', '\u0004']) {
      await shell.sees(/ready\$ /)
      shell.enter(`${DIRECT} carol --data ${directory} --relay http://127.0.0.1:9`)
      await shell.sees(/is away/)
      shell.press(key)
      await shell.sees(/Goodbye, carol/)
    }
  })

  it('takes what is pasted for text, and what is typed for what it is, in a window of any width', { timeout: 240_000 }, async () => {
    const { shell, start, friend, relay } = await town('paste')
    const bob = await friend()
    await start(DIRECT)
    shell.enter('/to bob')
    await shell.sees(/Say something to bob/)
    shell.press('\u001b[200~one\r\n/quit\r\u0003two\u001a\u0004\u001b]0;title\u0007\u009b2J\u001b[201~')
    shell.enter(' end')
    await bob.sees(/ alice: one {2}\/quit {2}two {3}\]0;title {2}2J end/)
    shell.press('x'.repeat(70))
    await shell.sees(/x{10}/)
    shell.narrow()
    shell.enter('y')
    await bob.sees(/ alice: x{70}y/)
    expect(shell.output).not.toMatch(/\u009b/)
    shell.enter('/quit')
    await shell.sees(/Goodbye, alice/)
    await Promise.all([bob.stop(), relay.stop()])
  })
})

describe('what is pasted', () => {
  const paste = (text: string) => `\u001b[200~${text}\u001b[201~`

  it('is text of one line, wherever it is torn apart, and what is typed around it stays', () => {
    const typed = `a\u001b[A${paste('b\r\nc\u0003\u001bd')}\u0003e${paste('f\u001b[200~')}\r`
    const expected = 'a\u001b[Ab  c  d\u0003ef [200~\r'
    for (let first = 0; first <= typed.length; first++) {
      const filter = pasteFilter()
      // A key alone is never held back, so a mark may not be torn apart after its first character.
      if (typed[first - 1] === '\u001b' && typed.startsWith('[200~', first)) continue
      expect(filter(typed.slice(0, first)) + filter(typed.slice(first))).toBe(expected)
    }
    expect(pasteFilter()('\u001b')).toBe('\u001b')
  })
})

describe('what the chat shows', () => {
  it('steers the terminal with its own styles and line breaks only', () => {
    const styled = '\u001b[1mbold\u001b[22m\nnext'
    expect(withoutControls(styled)).toBe(styled)
    expect(withoutControls('a\u001b[2Jb\u001b]0;t\u0007\u009b1m\u202ec\r\u001b')).toBe(
      'a\ufffd[2Jb\ufffd]0;t\ufffd\ufffd1m\ufffdc\ufffd\ufffd',
    )
  })
})
