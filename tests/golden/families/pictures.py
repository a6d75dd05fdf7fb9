"""Photographs as Pillow writes them, in pictures/, and, as PNG files beside them, what Pillow reads of them."""
import io

from PIL import Image, ImageOps

from record import FOLDER

HOME = FOLDER / "pictures"


def scene(width, height):
    """Smooth colours, an edge, and a corner that tells up from down and left from right."""
    picture = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            picture.putpixel((x, y), (255 * x // (width - 1), 255 * y // (height - 1), 128 if (x // 7 + y // 5) % 2 else 40))
    picture.paste((250, 20, 20), (0, 0, width // 4, height // 4))
    return picture


def save(name, picture, upright=True, **options):
    path = HOME / name
    picture.save(path, **options)
    read = Image.open(io.BytesIO(path.read_bytes()))
    read.load()
    moves = getattr(read, "is_animated", False)
    if upright: read = ImageOps.exif_transpose(read)
    if read.mode == "1": read = read.convert("L")
    # Pillow says of every moving WebP that it may be clear somewhere.
    if moves and read.mode == "RGBA" and read.getextrema()[3] == (255, 255): read = read.convert("RGB")
    if read.mode not in ("L", "LA", "RGB", "RGBA", "I;16"): read = read.convert("RGBA" if "transparency" in read.info else "RGB")
    read.save(HOME / f"{name}.png", optimize=True)


def generate():
    HOME.mkdir(exist_ok=True)
    picture = scene(33, 21)
    save("baseline.jpg", picture, quality=80)
    save("full-chroma.jpg", picture, quality=90, subsampling=0)
    save("progressive.jpg", picture, quality=80, progressive=True)
    save("gray.jpg", picture.convert("L"), quality=80)
    save("inks.jpg", picture.convert("CMYK"), quality=95)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        save(f"turned{orientation}.jpg", picture, quality=70, exif=exif)
    save("lossy.webp", picture, quality=80)
    clear = picture.convert("RGBA")
    clear.paste((0, 0, 0, 0), (20, 10, 30, 18))
    save("lossless.webp", clear, lossless=True, exact=True)
    save("palette.gif", picture.quantize(32))
    more = [picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), picture.convert("L").convert("RGB")]
    save("moving.gif", picture.quantize(32), save_all=True, append_images=[p.quantize(32) for p in more], duration=40)
    save("moving.webp", picture, save_all=True, append_images=more, duration=40, lossless=True)
    save("colour.bmp", picture)
    save("palette.bmp", picture.quantize(16))
    for way in ("raw", "tiff_lzw", "tiff_deflate", "tiff_adobe_deflate", "packbits"):
        save(f"{way.removeprefix('tiff_')}.tif", picture, compression=way)
    save("predicted.tif", picture, compression="tiff_lzw", tiffinfo={317: 2})
    save("strips.tif", scene(60, 90), compression="tiff_lzw", tiffinfo={278: 7})
    save("clear.tif", clear, compression="tiff_adobe_deflate")
    save("palette.tif", picture.quantize(32), compression="packbits")
    save("gray.tif", picture.convert("L"))
    save("bilevel.tif", picture.convert("1"), compression="packbits")
    save("wide.tif", picture.convert("I").point(lambda v: v * 200 + 7).convert("I;16"), compression="tiff_lzw")
    noise = Image.effect_noise((150, 70), 90)
    save("full-table.tif", noise, compression="tiff_lzw")
    for orientation in (3, 6):                                                 # Pillow turns TIFF files by itself
        save(f"turned{orientation}.tif", picture, tiffinfo={274: orientation}, upright=False)
