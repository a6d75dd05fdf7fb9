namespace Candeia.Data;

/// <summary>What a supervised data set has as an item: an input, what is to be predicted, and a name to find it again.</summary>
public sealed record Sample(Tensor X, Tensor Y, string Id = "")
{
    /// <summary>Input and target alone.</summary>
    public void Deconstruct(out Tensor x, out Tensor y) => (x, y) = (X, Y);

    /// <summary>The name, the shape of the input and the target: <c>nghipxyi: x [1, 130, 130], y 0.25</c>.</summary>
    public override string ToString() => $"{(Id.Length > 0 ? $"{Id}: " : "")}x {X.Shape}, y {(Y.Rank == 0 ? $"{Y.Item():G4}" : $"{Y.Shape}")}";
}
