namespace Candeia.Images;

/// <summary>Fields of a TIFF file, by their numbers in it.</summary>
internal enum TiffField
{
    Width = 256,
    Height = 257,
    Bits = 258,
    Compression = 259,
    Colours = 262,
    StripOffsets = 273,
    Orientation = 274,
    Samples = 277,
    StripRows = 278,
    StripBytes = 279,
    Planes = 284,
    Predictor = 317,
    Palette = 320,
    TileWidth = 322,
    TileHeight = 323,
    TileOffsets = 324,
    TileBytes = 325,
    Extra = 338,
    Kind = 339,
}

/// <summary>What a sample is.</summary>
internal enum TiffKind
{
    Whole = 1,
    Signed = 2,
    Floating = 3,
}
