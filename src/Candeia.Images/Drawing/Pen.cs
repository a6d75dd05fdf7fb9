using System.Numerics;

namespace Candeia.Images;

/// <summary>Draws on an 8-bit gray or RGB image, with smooth edges.</summary>
/// <param name="image">What is drawn on.</param>
/// <param name="ink">The colour of what is drawn; on gray images its red counts.</param>
internal readonly struct Pen(Image image, Rgb ink)
{
    /// <summary>A pen of a shade of gray.</summary>
    public Pen(Image image, byte ink) : this(image, new Rgb(ink, ink, ink)) { }

    const float Gap = 3f;                                            // from the pen's last place in a letter to its first in the next, at size 1
    const float Stroke = 1.45f, Dot = 2f;                            // the pen's width in lines and in dots, at size 1

    /// <summary>Pixels from the baseline to the top of capitals at size 1.</summary>
    public const int CapHeight = 10;

    /// <summary>Pixels below the baseline that letters such as g may need at size 1.</summary>
    public const int Descent = 4;

    public void Fill(int left, int top, int width, int height)
    {
        for (int y = top; y < top + height; y++)
            for (int x = left; x < left + width; x++) Blend(x, y, 1);
    }

    /// <summary>The part of a rectangle that lies in the image, with the ink covering as much as that of what is there.</summary>
    public void Shade(int left, int top, int right, int bottom, float coverage = 1)
    {
        for (int y = Math.Max(0, top); y < Math.Min(image.Height, bottom); y++)
            for (int x = Math.Max(0, left); x < Math.Min(image.Width, right); x++) Blend(x, y, coverage);
    }

    /// <summary>A line with round ends; of no length it is a dot.</summary>
    public void Line(Vector2 from, Vector2 to, float width)
    {
        float radius = width / 2;
        var least = Vector2.Min(from, to) - new Vector2(radius + 1);
        var most = Vector2.Max(from, to) + new Vector2(radius + 1);
        if (!(least.X < image.Width && least.Y < image.Height && most.X > 0 && most.Y > 0)) return;
        int bottom = (int)Math.Min(image.Height, most.Y + 1), right = (int)Math.Min(image.Width, most.X + 1);
        for (int y = (int)Math.Max(0, least.Y); y < bottom; y++)
            for (int x = (int)Math.Max(0, least.X); x < right; x++) Blend(x, y, Math.Min(1, radius + 0.5f - Distance(new(x + 0.5f, y + 0.5f), from, to)));
    }

    /// <summary>A line one pixel wide along the inner edge of a rectangle.</summary>
    public void Frame(int left, int top, int width, int height)
    {
        Fill(left, top, width, 1);
        Fill(left, top + height - 1, width, 1);
        Fill(left, top, 1, height);
        Fill(left + width - 1, top, 1, height);
    }

    /// <summary>How wide a text is, in pixels.</summary>
    public static float Measure(string text, float size) => size * (text.Sum(c => Glyph.Of(c).Width + Gap) - Gap + Stroke);

    /// <summary>The beginning of a text that fits, with an ellipsis where something is left out.</summary>
    public static string Fit(string text, float size, float width)
    {
        if (Measure(text, size) <= width) return text;
        int length = text.Length - 1;
        while (length > 0 && Measure(text[..length] + '…', size) > width) length--;
        return length > 0 ? text[..length].TrimEnd() + '…' : "";
    }

    /// <summary>Writes a line of text; what falls outside the image is not drawn.</summary>
    public void Write(string text, float left, int baseline, float size)
    {
        float x = left + size * Stroke / 2;
        foreach (char character in text)
        {
            var glyph = Glyph.Of(character);
            Draw(glyph, new(MathF.Floor(x) + 0.5f, baseline - 0.5f), size);
            x += size * (glyph.Width + Gap);
        }
    }

    void Draw(Glyph glyph, Vector2 origin, float size)
    {
        int top = Math.Max(0, (int)(origin.Y - size * 12)), bottom = Math.Min(image.Height, (int)(origin.Y + size * 5));
        int left = Math.Max(0, (int)(origin.X - size * 2)), right = Math.Min(image.Width, (int)(origin.X + size * (glyph.Width + 2)) + 1);
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++) Blend(x, y, Coverage(glyph, (new Vector2(x + 0.5f, y + 0.5f) - origin) * new Vector2(1, -1), size));
    }

    static float Coverage(Glyph glyph, Vector2 point, float size)
    {
        float coverage = 0;
        foreach (var (from, to) in glyph.Lines)
        {
            float radius = size * (from == to ? Dot : Stroke) / 2;
            coverage = Math.Max(coverage, radius + 0.5f - Distance(point, from * size, to * size));
        }
        return Math.Min(coverage, 1);
    }

    static float Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        var along = to - from;
        float length = along.LengthSquared();
        float t = length == 0 ? 0 : Math.Clamp(Vector2.Dot(point - from, along) / length, 0, 1);
        return Vector2.Distance(point, from + t * along);
    }

    void Blend(int x, int y, float coverage)
    {
        if (coverage <= 0) return;
        var pixel = image.Row(y).Slice(x * image.Info.PixelBytes, image.Info.PixelBytes);
        for (int c = 0; c < pixel.Length; c++)
        {
            byte value = c switch { 0 => ink.Red, 1 => ink.Green, _ => ink.Blue };
            pixel[c] = (byte)(pixel[c] + coverage * (value - pixel[c]) + 0.5f);
        }
    }
}
