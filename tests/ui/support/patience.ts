import { configure } from '@testing-library/react'

// A second, which is the default, is too little for the first chunk of a screen on a busy machine.
configure({ asyncUtilTimeout: 5_000 })
