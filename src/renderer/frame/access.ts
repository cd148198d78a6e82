import { ref } from 'vue'

/** The host has refused this page's token. It can only be opened anew, by another link. */
export const refused = ref(false)
