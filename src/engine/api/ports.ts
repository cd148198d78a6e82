/** 4317 and 4318 are OTLP's registered ports (OTLP specification 1.9, "Default port"); the page has the one below. */
export const defaultPorts = { page: 4316, otlpGrpc: 4317, otlpHttp: 4318 } as const
