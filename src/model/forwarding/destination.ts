import { z } from 'zod'
import { signal } from '../signal.ts'
import { destinationProblem } from './endpoint.ts'

/** A file on Colophon's machine, absolute; null for none. */
const file = z
  .string()
  .trim()
  .max(4096)
  .regex(/^(?:\/|[A-Za-z]:[\\/]|\\\\)/, 'must be an absolute path')
  .nullable()

/** RFC 9110's token; gRPC sends names in lower case. */
export const headerName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'must be a header name')

/** What fits a header line of HTTP/1.1 and gRPC metadata alike. */
export const headerValue = z
  .string()
  .trim()
  .min(1)
  .max(8192)
  .regex(/^[\x20-\x7e]*$/, 'must be printable ASCII')

/** What is told of a destination; its header values are not among it. */
export const destinationFields = {
  name: z.string().trim().min(1).max(80),
  enabled: z.boolean(),
  protocol: z.enum(['http', 'grpc']),
  url: z.string().trim().min(1).max(2048),
  signals: z
    .array(signal)
    .min(1, 'choose at least one signal')
    .transform((chosen) => signal.options.filter((each) => chosen.includes(each))),
  compression: z.enum(['none', 'gzip']),
  /** Certificates as PEM files: of the authority instead of the system's, and of this client. */
  caFile: file,
  certFile: file,
  keyFile: file,
  /** How long one request may take. */
  timeoutS: z.number().int().min(1).max(600),
}

export const destination = z
  .object({
    id: z.string(),
    ...destinationFields,
    headers: z.array(z.object({ name: headerName, value: headerValue })),
  })
  .superRefine((value, context) => {
    const problem = destinationProblem(value)
    if (problem !== null) context.addIssue({ code: 'custom', path: [problem.field], message: problem.message })
  })

export type Destination = z.output<typeof destination>

/** OTLP exporters' default (specification, "OpenTelemetry Protocol Exporter", Timeout). */
export const defaultTimeoutS = 10
