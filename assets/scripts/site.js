// Makes pages quicker to use. Every page works the same without it.
import { initAll } from './govuk-frontend.min.js'

const NAMES_SHOWN = 8

initAll()
document.querySelectorAll('.govuk-radios__input[aria-controls]').forEach(keepRadioPlain)
const inputs = document.querySelectorAll('input[data-suggestions]')
if (inputs.length) {
  await import('./accessible-autocomplete.min.js')
  inputs.forEach(enhance)
}

// ARIA gives radio buttons no expanded state, yet GOV.UK Frontend sets one at every press.
function keepRadioPlain (radio) {
  const plain = () => radio.removeAttribute('aria-expanded')
  plain()
  new MutationObserver(plain).observe(radio, { attributeFilter: ['aria-expanded'] })
}

// Replaces a plain text box with one that suggests names. What is typed is sent as it stands.
function enhance (input) {
  const { suggestions, wording, countWording, nothingWording } = input.dataset
  const place = document.createElement('div')
  const described = describedBy(input)
  const names = fetchNames(suggestions)
  input.replaceWith(place)
  window.accessibleAutocomplete({
    element: place,
    id: input.id,
    name: input.name,
    defaultValue: input.value,
    inputClasses: input.className,
    minLength: 2,
    // A list that pushed the page down would pull the button away from whoever presses it.
    displayMenu: 'overlay',
    source: (typed, answer) => names.then(all => answer(findNames(all, typed))),
    templates: { inputValue: name => name || '', suggestion: name => escape(name || '') },
    showNoOptionsFound: false,
    tAssistiveHint: () => [...described, wording].join(' '),
    tStatusNoResults: () => nothingWording,
    tStatusResults: count => countWording.replace('{count}', count),
    tStatusSelectedOption: (name, count, index) => `${name} ${index + 1}/${count}`,
    tStatusQueryTooShort: () => ''
  })
}

function describedBy (input) {
  const ids = (input.getAttribute('aria-describedby') || '').split(' ')
  return ids.map(id => document.getElementById(id)?.textContent.trim()).filter(Boolean)
}

// The file is a list of lists: the name first, then other words it is known by.
async function fetchNames (address) {
  try {
    const answer = await fetch(address, { credentials: 'same-origin' })
    return answer.ok ? await answer.json() : []
  } catch {
    return []
  }
}

// Names with every typed word at the start of one of theirs; those that begin with it all first.
function findNames (all, typed) {
  const words = plain(typed).split(' ').filter(Boolean)
  const start = plain(typed)
  const fits = known => words.every(word => ` ${known}`.includes(` ${word}`))
  const found = all.filter(entry => entry.some(known => fits(plain(known)))).map(entry => entry[0])
  const first = found.filter(name => plain(name).startsWith(start))
  return [...new Set([...first, ...found])].slice(0, NAMES_SHOWN)
}

function plain (words) {
  const letters = words.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  return letters.replace(/['’]/g, '').replace(/&/g, ' and ').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

function escape (words) {
  const element = document.createElement('span')
  element.textContent = words
  return element.innerHTML
}
