namespace Candeia.NN;

/// <summary>The words by which layers say what differs from the default: <c> stride 2 padding 1×0</c>.</summary>
internal static class Words
{
    public static string Size(string name, Size2d size, Size2d otherwise) =>
        size == otherwise ? "" : $" {name} {(size.Height == size.Width ? $"{size.Height}" : $"{size}")}";

    public static string Size(string name, Size3d size, Size3d otherwise) =>
        size == otherwise ? "" : $" {name} {(size == size.Depth ? $"{size.Depth}" : $"{size}")}";

    public static string Size(string name, int size, int otherwise) => size == otherwise ? "" : $" {name} {size}";

    public static string Size(ConvPadding padding) => $"{padding}" is var size && size == "0" ? "" : $" padding {size}";

    public static string Sizes(params ReadOnlySpan<int?> sizes) => string.Join('×', sizes.ToArray().Select(s => s is { } size ? $"{size}" : "as given"));

    public static string Mode(PaddingMode mode) => mode == PaddingMode.Zeros ? "" : $" {mode}";

    public static double Probability(double p) => p is >= 0 and <= 1 ? p : throw new ArgumentOutOfRangeException(nameof(p), $"A probability lies between 0 and 1, not {p}.");

    public static string Groups(int groups) => groups == 1 ? "" : $" in {groups} groups";

    public static string Bias(Tensor? bias) => bias is null ? " without bias" : "";
}
