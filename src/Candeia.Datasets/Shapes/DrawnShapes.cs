using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// Pictures that a program draws: one of six shapes, of any colour, size and direction, on a background with a texture. For trying things out where
/// there are no photographs. Picture i depends on seed and i alone, and is drawn when it is asked for.
/// </summary>
/// <param name="count">How many pictures.</param>
/// <param name="size">Rows and columns of each.</param>
/// <param name="seed">What to draw them from.</param>
/// <example><code>
/// var shapes = new DrawnShapes(1000);
/// Console.WriteLine($"{shapes[0].Picture}: {DrawnShapes.Classes[shapes[0].Label]}");     // → 64×64 Rgb, 8 bit: square
/// </code></example>
public sealed class DrawnShapes(int count, int size = 64, ulong seed = 777) : Dataset<LabelledImage>
{
    readonly int _size = size >= 8 ? size : throw new ArgumentOutOfRangeException(nameof(size), $"A picture of a shape has 8 × 8 pixels at least, not {size} × {size}.");
    readonly Generator _seed = new(seed);

    /// <summary>The names of the classes.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["circle", "cross", "ring", "square", "star", "triangle"];

    /// <inheritdoc/>
    public override int Count { get; } = count >= 0 ? count : throw new ArgumentOutOfRangeException(nameof(count), $"{count} pictures cannot be drawn.");

    /// <inheritdoc/>
    public override LabelledImage this[int index]
    {
        get
        {
            var (pixels, _, label) = Draw(index);
            return new(new Image(new ImageInfo(_size, _size, PixelFormat.Rgb), pixels), label, $"shape {index}");
        }
    }

    /// <summary>
    /// The same picture with what is known of it: a box around the shape, a mask (0 background, 1 + class shape) and the class.
    /// </summary>
    /// <param name="index">Which picture.</param>
    public Annotated Scene(int index)
    {
        var (pixels, inside, label) = Draw(index);
        int[] places = [.. Enumerable.Range(0, inside.Length).Where(i => inside[i])];
        float left = places.Min(p => p % _size), right = places.Max(p => p % _size) + 1, top = places.Min(p => p / _size), bottom = places.Max(p => p / _size) + 1;
        var picture = new Image(new ImageInfo(_size, _size, PixelFormat.Rgb), pixels);
        return new(picture.ToTensor(DType.UInt8), new Boxes(Tensor.From([left, top, right, bottom], [1, 4])),
            new Mask(Tensor.From(Array.ConvertAll(inside, i => i ? label + 1L : 0L), [_size, _size])), Labels: Tensor.From([(long)label], [1]));
    }

    (byte[] Pixels, bool[] Inside, int Label) Draw(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        var random = _seed.Split(index);
        int label = random.NextInt(Classes.Count);
        var shape = Shape2d.Draw(label, _size, random);
        var back = Texture.Draw(_size, random);
        double[] ground = back.Painted(_size), ink = Texture.Draw(_size, random).Unlike(back).Painted(_size);
        byte[] pixels = new byte[3 * _size * _size];
        bool[] inside = new bool[_size * _size];
        for (int i = 0; i < inside.Length; i++)
        {
            double x = i % _size + 0.5, y = i / _size + 0.5, covered = shape.Covered(x, y);
            inside[i] = covered >= 0.5;
            for (int c = 0; c < 3; c++)
            {
                double value = covered * ink[3 * i + c] + (1 - covered) * ground[3 * i + c] + 0.06 * (random.NextSingle() - 0.5);
                pixels[3 * i + c] = (byte)Math.Clamp(255 * value, 0, 255);
            }
        }
        return (pixels, inside, label);
    }
}
