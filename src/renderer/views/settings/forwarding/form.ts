import type { Params } from '../../../../contract/index.ts'
import type { DestinationShown } from '../../../../contract/forwarding.ts'
import { defaultTimeoutS } from '../../../../model/forwarding/destination.ts'
import { forwardPresets, type ForwardPreset } from '../../../../model/forwarding/presets.ts'
import type { Signal } from '../../../../model/signal.ts'

export interface HeaderField {
  readonly key: number
  name: string
  value: string
  /** What stands in the engine, masked; null for a new header. An empty value keeps it. */
  readonly kept: string | null
  readonly example: string
}

/** A destination as a person edits it: every field is there, absent ones empty. */
export interface DestinationForm {
  readonly id: string | null
  preset: string
  name: string
  enabled: boolean
  protocol: 'http' | 'grpc'
  url: string
  signals: Signal[]
  gzip: boolean
  headers: HeaderField[]
  caFile: string
  certFile: string
  keyFile: string
  timeoutS: number
}

let nextKey = 1

export function headerField(name = '', kept: string | null = null, example = ''): HeaderField {
  return { key: nextKey++, name, value: '', kept, example }
}

const custom: ForwardPreset['id'] = 'custom'

export function newForm(id: string = forwardPresets[0]?.id ?? custom): DestinationForm {
  const preset = forwardPresets.find((each) => each.id === id)
  return {
    id: null,
    preset: id,
    name: id === custom ? '' : (preset?.name ?? ''),
    enabled: true,
    protocol: preset?.protocol ?? 'http',
    url: preset?.url ?? '',
    signals: ['traces', 'logs', 'metrics'],
    gzip: preset?.compression === 'gzip',
    headers: (preset?.headers ?? []).map(({ name, example }) => headerField(name, null, example)),
    caFile: '',
    certFile: '',
    keyFile: '',
    timeoutS: defaultTimeoutS,
  }
}

export function formOf(shown: DestinationShown): DestinationForm {
  return {
    ...shown,
    preset: custom,
    signals: [...shown.signals],
    gzip: shown.compression === 'gzip',
    headers: shown.headers.map(({ name, masked }) => headerField(name, masked)),
    caFile: shown.caFile ?? '',
    certFile: shown.certFile ?? '',
    keyFile: shown.keyFile ?? '',
  }
}

/** A header without a value keeps what is stored; a new one without any is left out, as presets name headers that are not always needed. */
export function draftOf(form: DestinationForm): Params<'forward.save'> {
  const fileOf = (path: string): string | null => (path.trim() === '' ? null : path.trim())
  return {
    ...(form.id === null ? {} : { id: form.id }),
    name: form.name,
    enabled: form.enabled,
    protocol: form.protocol,
    url: form.url,
    signals: [...form.signals],
    compression: form.gzip ? 'gzip' : 'none',
    headers: form.headers
      .filter(({ name, value, kept }) => name.trim() !== '' && (value !== '' || kept !== null))
      .map(({ name, value }) => ({ name, value: value === '' ? null : value })),
    caFile: fileOf(form.caFile),
    certFile: fileOf(form.certFile),
    keyFile: fileOf(form.keyFile),
    timeoutS: form.timeoutS,
  }
}
