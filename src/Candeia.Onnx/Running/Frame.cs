namespace Candeia.Onnx;

/// <summary>The values of one run of a plan.</summary>
internal sealed class Frame(Tensor?[] values, bool isTraining, bool isFolding)
{
    /// <summary>Of how many elements a constant may be that is computed while a file is read.</summary>
    public const int MostFolded = 1 << 16;

    public Tensor?[] Values => values;

    public bool IsTraining => isTraining;

    public bool IsFolding => isFolding;
}
