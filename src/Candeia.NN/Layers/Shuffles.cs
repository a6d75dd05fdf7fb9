namespace Candeia.NN;

/// <summary>Channels become pixels: [n, c·r², h, w] → [n, c, h·r, w·r] (<see href="https://arxiv.org/abs/1609.05158">Shi et al. 2016</see>).</summary>
/// <param name="upscaleFactor">r, how many pixels beside each other one channel becomes or comes of.</param>
public sealed class PixelShuffle(int upscaleFactor) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{upscaleFactor}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.PixelShuffle(upscaleFactor);
}

/// <summary>Pixels become channels: [n, c, h·r, w·r] → [n, c·r², h, w].</summary>
/// <param name="downscaleFactor">r, how many pixels beside each other one channel becomes or comes of.</param>
public sealed class PixelUnshuffle(int downscaleFactor) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{downscaleFactor}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.PixelUnshuffle(downscaleFactor);
}

/// <summary>Channels of all groups by turns (<see href="https://arxiv.org/abs/1707.01083">Zhang et al. 2017</see>).</summary>
/// <param name="groups">How many groups there are.</param>
public sealed class ChannelShuffle(int groups) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{groups}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.ChannelShuffle(groups);
}
