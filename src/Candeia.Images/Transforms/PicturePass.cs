using System.Numerics.Tensors;

namespace Candeia.Images;

/// <summary>
/// What most photographs go through on their way to a network, in one pass over their bytes: a window of random size, another size, mirrored or not, as float32,
/// normalized. The results are those of the transforms one after the other, to the bit, and the same numbers are drawn.
/// </summary>
internal sealed class PicturePass
{
    readonly RandomResizedCrop? _crop;
    readonly Size2d _size;
    readonly Interpolation _interpolation;
    readonly bool _antialias;
    readonly double? _mirrored;
    readonly Normalize? _normalize;

    PicturePass(Transform sizing, double? mirrored, Normalize? normalize)
    {
        _crop = sizing as RandomResizedCrop;
        (_size, _interpolation, _antialias) = sizing is Resize resize ? (resize.Size!.Value, resize.Interpolation, resize.Antialias) : (_crop!.Size, _crop.Interpolation, _crop.Antialias);
        (_mirrored, _normalize) = (mirrored, normalize);
    }

    /// <summary>The pass that does what these transforms do; null if they are others.</summary>
    public static PicturePass? Of(Transform transform)
    {
        var steps = new Queue<Transform>(transform.Steps);
        T? Next<T>() where T : Transform => steps.TryPeek(out var step) && step is T ? (T)steps.Dequeue() : null;

        bool isSizing = steps.Peek() is RandomResizedCrop { Interpolation: Interpolation.Linear or Interpolation.Cubic }
            or Resize { Size: not null, Interpolation: Interpolation.Linear or Interpolation.Cubic };
        if (!isSizing) return null;
        var sizing = steps.Dequeue();
        var mirrored = Next<RandomHorizontalFlip>();
        var numbers = Next<ToDtype>();
        var normalize = numbers is null ? null : Next<Normalize>();
        return steps.Count == 0 && numbers is null or { Type: DType.Float32, Scale: true } ? new(sizing, mirrored?.P, normalize) : null;
    }

    /// <summary>Height and width of the result.</summary>
    public Size2d Size => _size;

    /// <summary>The part of a picture that is needed; null for all of it.</summary>
    public Window? Choose(int height, int width, Generator generator) => _crop?.Draw(height, width, generator);

    /// <summary>Writes a picture, or the part that was chosen of it, as numbers.</summary>
    /// <param name="picture">8 bits a sample.</param>
    /// <param name="generator">What is left to draw is drawn from it.</param>
    /// <param name="to">Gets [channels, height, width].</param>
    public void Write(Image picture, Generator generator, Span<float> to)
    {
        picture = picture.To8Bit();
        bool isMirrored = _mirrored is { } p && generator.NextDouble() < p;
        int channels = picture.Channels, width = _size.Width, plane = _size.Height * width;
        if (to.Length != channels * plane) throw new ShapeException($"{to.Length} numbers are no picture of {channels} channels and {_size}.");
        _normalize?.RefuseOtherThan(channels);
        var rows = new ResizedRows(picture.Pixels, (picture.Height, picture.Width), channels, _size, _interpolation, _antialias);
        for (int y = 0; y < _size.Height; y++)
        {
            var levels = rows.Make(y);
            for (int c = 0; c < channels; c++)
            {
                Span<float> from = levels.Slice(c * width, width), row = to.Slice(c * plane + y * width, width);
                TensorPrimitives.Divide(from, 255f, row);
                if (isMirrored) row.Reverse();
                if (_normalize is null) continue;
                int of = _normalize.Mean.Count == 1 ? 0 : c;
                TensorPrimitives.Subtract(row, (float)_normalize.Mean[of], row);
                TensorPrimitives.Divide(row, (float)_normalize.Std[of], row);
            }
        }
    }
}
