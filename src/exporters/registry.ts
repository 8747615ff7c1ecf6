import type { Exporter } from './exporter'
import { ccSwitch } from './targets/cc-switch'
import { chatLink, lobeChat, nextChat } from './targets/chat-links'
import { cherryStudio } from './targets/cherry-studio'
import { claudeCodeRouterConfig, claudeCodeRouterLink } from './targets/claude-code-router'
import { cline } from './targets/cline'
import { codex } from './targets/codex'
import { curl } from './targets/curl'
import { cursorPlus } from './targets/cursor-plus'
import { claudeCode, geminiCli, openAiVariables } from './targets/environment'
import { kelivo } from './targets/kelivo'
import { kilo } from './targets/kilo'
import { csvFile, jsonFile, plainList } from './targets/lists'
import { newApiChannel } from './targets/new-api-channel'
import { openCode } from './targets/open-code'
import { roo } from './targets/roo'

/** Everything a key can be handed to without a server of ours, in the order it is offered. */
export const EXPORTERS: readonly Exporter[] = [
  cherryStudio,
  ccSwitch,
  kilo,
  roo,
  cline,
  cursorPlus,
  kelivo,
  claudeCodeRouterLink,
  claudeCodeRouterConfig,
  newApiChannel,
  chatLink,
  nextChat,
  lobeChat,
  claudeCode,
  codex,
  geminiCli,
  openCode,
  openAiVariables,
  curl,
  jsonFile,
  csvFile,
  plainList,
]

export function exporterOf(id: string): Exporter | undefined {
  return EXPORTERS.find((exporter) => exporter.id === id)
}
