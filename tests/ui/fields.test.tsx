// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'

import { RadioGroup } from '@/src/ui/components/radio-group'
import { SearchField } from '@/src/ui/components/search-field'
import { SecretField } from '@/src/ui/components/secret-field'
import { SelectField } from '@/src/ui/components/select-field'
import { Switch } from '@/src/ui/components/switch'
import { TextField } from '@/src/ui/components/text-field'

import { renderUi, withTexts } from './support/render-ui'

withTexts()

describe('TextField', () => {
  it('ties label, error and help to the control', () => {
    renderUi(
      <TextField
        label="Name"
        name="name"
        value=""
        onChange={vi.fn()}
        help="As you like"
        error="Missing"
      />,
    )
    const input = screen.getByLabelText('Name')
    expect(input.getAttribute('aria-invalid')).toBe('true')
    const ids = input.getAttribute('aria-describedby')?.split(' ') ?? []
    expect(ids.map((id) => document.getElementById(id)?.textContent)).toEqual([
      'Missing',
      'As you like',
    ])
  })

  it('is not invalid without an error', () => {
    renderUi(<TextField label="Name" name="name" value="x" onChange={vi.fn()} />)
    const input = screen.getByLabelText('Name')
    expect(input.hasAttribute('aria-invalid')).toBe(false)
    expect(input.hasAttribute('aria-describedby')).toBe(false)
  })
})

describe('SecretField', () => {
  function Form() {
    const [value, setValue] = useState('first-secret')
    return (
      <>
        <SecretField label="Token" name="token" value={value} onChange={setValue} />
        <output>{String(value.length)}</output>
      </>
    )
  }

  it('never writes the secret into the document', async () => {
    const user = userEvent.setup()
    const { container } = renderUi(<Form />)
    const input = screen.getByLabelText<HTMLInputElement>('Token')
    expect(input.value).toBe('first-secret')
    await user.clear(input)
    await user.type(input, 'another-secret')
    expect(screen.getByText('14')).toBeTruthy()
    expect(container.innerHTML).not.toContain('secret"')
    expect(input.hasAttribute('value')).toBe(false)
  })

  it('can be looked into and covered again', async () => {
    const user = userEvent.setup()
    renderUi(<Form />)
    const input = screen.getByLabelText<HTMLInputElement>('Token')
    expect(input.type).toBe('password')
    await user.click(screen.getByRole('button', { name: 'Show' }))
    expect(input.type).toBe('text')
    expect(input.value).toBe('first-secret')
    await user.click(screen.getByRole('button', { name: 'Hide' }))
    expect(input.type).toBe('password')
  })
})

describe('choices', () => {
  it('Switch says what it is and reports the new state', async () => {
    const onChange = vi.fn()
    renderUi(<Switch label="Enabled" checked onChange={onChange} help="Takes effect at once" />)
    await userEvent.click(screen.getByRole('switch', { name: 'Enabled', checked: true }))
    expect(onChange).toHaveBeenCalledWith(false)
  })

  it('SelectField reports the chosen value', async () => {
    const onChange = vi.fn()
    const options = [
      { value: 'a', label: 'Alpha' },
      { value: 'b', label: 'Beta' },
    ] as const
    renderUi(
      <SelectField label="Pick" name="pick" value="a" onChange={onChange} options={options} />,
    )
    await userEvent.selectOptions(screen.getByLabelText('Pick'), 'Beta')
    expect(onChange).toHaveBeenCalledWith('b')
  })

  it('RadioGroup has a legend, and disabled choices cannot be made', async () => {
    const onChange = vi.fn()
    const options = [
      { value: 'a', label: 'Alpha' },
      { value: 'b', label: 'Beta', help: 'Second', disabled: true },
    ] as const
    renderUi(
      <RadioGroup legend="Pick" name="pick" value={null} onChange={onChange} options={options} />,
    )
    expect(screen.getByRole('group', { name: 'Pick' })).toBeTruthy()
    await userEvent.click(screen.getByLabelText(/Beta/))
    expect(onChange).not.toHaveBeenCalled()
    await userEvent.click(screen.getByLabelText(/Alpha/))
    expect(onChange).toHaveBeenCalledWith('a')
  })
})

it('SearchField: Escape empties it, and passes on when empty', async () => {
  const user = userEvent.setup()
  const outside = vi.fn()
  document.addEventListener('keydown', outside)
  function Search() {
    const [value, setValue] = useState('abc')
    return <SearchField label="Find" value={value} onChange={setValue} />
  }
  renderUi(<Search />)
  const input = screen.getByLabelText<HTMLInputElement>('Find')
  input.focus()
  await user.keyboard('{Escape}')
  expect(input.value).toBe('')
  expect(outside).not.toHaveBeenCalled()
  await user.keyboard('{Escape}')
  expect(outside).toHaveBeenCalledOnce()
  document.removeEventListener('keydown', outside)
})
