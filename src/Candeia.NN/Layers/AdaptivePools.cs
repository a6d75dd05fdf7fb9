namespace Candeia.NN;

/// <summary>The means of as many windows as asked for over signals [n, c, l].</summary>
/// <param name="outputSize">How many; as in the input, if null.</param>
public sealed class AdaptiveAvgPool1d(int? outputSize) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => Words.Sizes(outputSize);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AdaptiveAvgPool1d(outputSize);
}

/// <summary>The means of as many windows as asked for over images [n, c, h, w].</summary>
/// <param name="height">Rows of the result; as in the input, if null.</param>
/// <param name="width">Columns of the result; as in the input, if null.</param>
public sealed class AdaptiveAvgPool2d(int? height, int? width) : Layer
{
    /// <param name="outputSize">The size of the result.</param>
    public AdaptiveAvgPool2d(Size2d outputSize) : this(outputSize.Height, outputSize.Width)
    {
    }

    /// <inheritdoc/>
    protected internal override string Details => Words.Sizes(height, width);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AdaptiveAvgPool2d(height, width);
}

/// <summary>The means of as many windows as asked for over volumes [n, c, d, h, w].</summary>
/// <param name="depth">Slices of the result; as in the input, if null.</param>
/// <param name="height">Rows of the result; as in the input, if null.</param>
/// <param name="width">Columns of the result; as in the input, if null.</param>
public sealed class AdaptiveAvgPool3d(int? depth, int? height, int? width) : Layer
{
    /// <param name="outputSize">The size of the result.</param>
    public AdaptiveAvgPool3d(Size3d outputSize) : this(outputSize.Depth, outputSize.Height, outputSize.Width)
    {
    }

    /// <inheritdoc/>
    protected internal override string Details => Words.Sizes(depth, height, width);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AdaptiveAvgPool3d(depth, height, width);
}

/// <summary>The largest numbers of as many windows as asked for over signals [n, c, l].</summary>
/// <param name="outputSize">How many; as in the input, if null.</param>
public sealed class AdaptiveMaxPool1d(int? outputSize) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => Words.Sizes(outputSize);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AdaptiveMaxPool1d(outputSize);
}

/// <summary>The largest numbers of as many windows as asked for over images [n, c, h, w].</summary>
/// <param name="height">Rows of the result; as in the input, if null.</param>
/// <param name="width">Columns of the result; as in the input, if null.</param>
public sealed class AdaptiveMaxPool2d(int? height, int? width) : Layer
{
    /// <param name="outputSize">The size of the result.</param>
    public AdaptiveMaxPool2d(Size2d outputSize) : this(outputSize.Height, outputSize.Width)
    {
    }

    /// <inheritdoc/>
    protected internal override string Details => Words.Sizes(height, width);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AdaptiveMaxPool2d(height, width);
}

/// <summary>The largest numbers of as many windows as asked for over volumes [n, c, d, h, w].</summary>
/// <param name="depth">Slices of the result; as in the input, if null.</param>
/// <param name="height">Rows of the result; as in the input, if null.</param>
/// <param name="width">Columns of the result; as in the input, if null.</param>
public sealed class AdaptiveMaxPool3d(int? depth, int? height, int? width) : Layer
{
    /// <param name="outputSize">The size of the result.</param>
    public AdaptiveMaxPool3d(Size3d outputSize) : this(outputSize.Depth, outputSize.Height, outputSize.Width)
    {
    }

    /// <inheritdoc/>
    protected internal override string Details => Words.Sizes(depth, height, width);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AdaptiveMaxPool3d(depth, height, width);
}
