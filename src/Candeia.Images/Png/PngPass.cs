namespace Candeia.Images;

/// <summary>The pixels that one pass over the image brings: a grid of them, every one where there is no interlacing.</summary>
internal readonly record struct PngPass(int Left, int Top, int StepX, int StepY)
{
    static readonly PngPass[] s_whole = [new(0, 0, 1, 1)];
    static readonly PngPass[] s_adam7 =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    public static ReadOnlySpan<PngPass> All(bool interlaced) => interlaced ? s_adam7 : s_whole;

    public int Columns(int width) => width <= Left ? 0 : (width - Left - 1) / StepX + 1;
    public int Rows(int height) => height <= Top ? 0 : (height - Top - 1) / StepY + 1;
}
