namespace Candeia.Images;

/// <summary>A colour of 8 bits for each of red, green and blue.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>
    /// The colour that a number, such as that of a class, is shown in: those of Pascal VOC. 0 is black, numbers that follow each other are far apart.
    /// </summary>
    /// <param name="number">From 0 to 255.</param>
    /// <example><code>Console.WriteLine(Rgb.Of(1));                         // → Rgb { Red = 128, Green = 0, Blue = 0 }</code></example>
    public static Rgb Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)number, 255u, nameof(number));
        Span<byte> colour = stackalloc byte[3];
        // Its bits go to the colours in turn, the lowest to where it is seen best.
        for (int bit = 0; bit < 8; bit++)
            if ((number >> bit & 1) != 0) colour[bit % 3] |= (byte)(0x80 >> bit / 3);
        return new(colour[0], colour[1], colour[2]);
    }
}
