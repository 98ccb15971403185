// Draws the icons and the picture that is shown when the address is shared.
import { readFileSync, writeFileSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'

const ICON_SIZES = [16, 32, 48]

export function buildPictures ({ here, modules, target }) {
  const fonts = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf']
    .map(name => join(modules, 'dejavu-fonts-ttf', 'ttf', name))
  const draw = (name, width) => drawPng(join(here, 'pictures', name), width, fonts)
  copyFileSync(join(here, 'pictures', 'icon.svg'), join(target, 'icon.svg'))
  writeFileSync(join(target, 'favicon.ico'), packIco(ICON_SIZES.map(size => draw('icon.svg', size))))
  writeFileSync(join(target, 'icon-180.png'), draw('maskable.svg', 180))
  writeFileSync(join(target, 'icon-192.png'), draw('icon.svg', 192))
  writeFileSync(join(target, 'icon-512.png'), draw('icon.svg', 512))
  writeFileSync(join(target, 'icon-maskable-512.png'), draw('maskable.svg', 512))
  writeFileSync(join(target, 'share.png'), draw('share.svg', 1200))
  copyFileSync(join(here, 'pictures', 'manifest.json'), join(target, 'manifest.json'))
}

function drawPng (path, width, fonts) {
  const drawing = new Resvg(readFileSync(path, 'utf8'), {
    fitTo: { mode: 'width', value: width },
    font: { fontFiles: fonts, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' }
  })
  return drawing.render().asPng()
}

// An .ico is a directory of six bytes, sixteen for each picture, then the pictures as PNG.
function packIco (pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach((picture, index) => {
    const entry = 6 + 16 * index
    head.writeUInt8(ICON_SIZES[index], entry)
    head.writeUInt8(ICON_SIZES[index], entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(picture.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += picture.length
  })
  return Buffer.concat([head, ...pictures])
}
