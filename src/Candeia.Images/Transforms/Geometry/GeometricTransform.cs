namespace Candeia.Images;

/// <summary>A transform that moves pixels, and with them boxes, masks and key points.</summary>
public abstract record GeometricTransform : Transform
{
    private protected GeometricTransform() { }

    /// <summary>What is to be done to a picture of this size; null for nothing.</summary>
    private protected abstract Geometry? Draw(int height, int width, Generator generator);

    /// <inheritdoc/>
    protected internal sealed override Annotated Change(Annotated scene, Generator generator) => Draw(scene.Height, scene.Width, generator)?.Apply(scene) ?? scene;
}

/// <summary>Where pixels go. One kind for each way in which pixels are found: a window, a mirror, another size, any places.</summary>
/// <param name="Height">Rows of the result.</param>
/// <param name="Width">Columns of the result.</param>
internal abstract record Geometry(int Height, int Width)
{
    public Annotated Apply(Annotated scene) => scene with
    {
        Image = Move(scene.Image, isMask: false),
        Mask = scene.Mask is { Values: var values } ? new Mask(Move(values, isMask: true)) : null,
        Boxes = scene.Boxes?.Through(this),
        KeyPoints = scene.KeyPoints?.Through(this),
    };

    /// <summary>Pixels […, height, width]; those of a mask are never mixed.</summary>
    protected abstract Tensor Move(Tensor pixels, bool isMask);

    /// <summary>Where a place goes.</summary>
    public abstract (double X, double Y) Point(double x, double y);
}

/// <summary>Left and right, or above and below, exchanged.</summary>
internal sealed record Mirror(int Height, int Width, bool Horizontal) : Geometry(Height, Width)
{
    protected override Tensor Move(Tensor pixels, bool isMask) => pixels.Flip(pixels.Rank - (Horizontal ? 1 : 2));

    public override (double X, double Y) Point(double x, double y) => Horizontal ? (Width - x, y) : (x, Height - y);
}

/// <summary>Another size.</summary>
internal sealed record Resized(int FromHeight, int FromWidth, int Height, int Width, Interpolation Interpolation, bool Antialias) : Geometry(Height, Width)
{
    protected override Tensor Move(Tensor pixels, bool isMask)
    {
        if (IsSame) return pixels;
        bool mixes = Mixes(isMask);
        if (IsBytes(pixels, isMask)) return ResizedBytes.Of(pixels, (Height, Width), Interpolation, Antialias);
        var batch = pixels.Rank == 2 ? pixels.Unsqueeze(0).Unsqueeze(0) : mixes ? pixels.Batch() : pixels.Reshape([-1, 1, FromHeight, FromWidth]);
        var y = batch.Interpolate([Height, Width], isMask ? Interpolation.Nearest : Interpolation, antialias: Antialias && mixes);
        return mixes ? y.Like(pixels) : y.Reshape([.. pixels.Shape.Take(pixels.Rank - 2), Height, Width]);
    }

    public override (double X, double Y) Point(double x, double y) => (x * Width / FromWidth, y * Height / FromHeight);

    bool Mixes(bool isMask) => !isMask && Interpolation is Interpolation.Linear or Interpolation.Cubic;

    bool IsSame => (FromHeight, FromWidth) == (Height, Width);

    bool IsBytes(Tensor pixels, bool isMask) => !IsSame && Mixes(isMask) && pixels.DType == DType.UInt8 && pixels.Numel > 0 && pixels.Device == Device.Cpu;

    /// <summary>A window of the picture in another size; of bytes no more than that is computed, so that the middle of a ribbon takes no memory for what is cut away.</summary>
    internal sealed record Part(Resized Whole, Window Window) : Geometry(Window.Height, Window.Width)
    {
        protected override Tensor Move(Tensor pixels, bool isMask) =>
            Whole.IsBytes(pixels, isMask) ? ResizedBytes.Of(pixels, (Whole.Height, Whole.Width), Whole.Interpolation, Whole.Antialias, Window) : Window.Of(Whole.Move(pixels, isMask), isMask);

        public override (double X, double Y) Point(double x, double y)
        {
            var (across, down) = Whole.Point(x, y);
            return Window.Point(across, down);
        }
    }
}
