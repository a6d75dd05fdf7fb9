using System.Runtime.CompilerServices;

namespace Candeia;

/// <summary>
/// Where a gradient flows to: one of a node's outputs, or a leaf. What a tensor's values are worth is known when they are used, so a node keeps the
/// edges of its inputs; the tensor itself may be written in place later and come from another node then.
/// </summary>
internal readonly struct Edge(object? owner, int output) : IEquatable<Edge>
{
    /// <summary>Where the gradient of this tensor flows now: nowhere, if it wants none.</summary>
    public static Edge Of(Tensor tensor) => !tensor.RequiresGrad ? default : tensor.Node is { } node ? new(node, tensor.NodeOutput) : new(tensor, 0);

    /// <summary>Whether there is a gradient to compute.</summary>
    public bool IsWanted => owner is not null;

    /// <summary>The node whose output this is; none for a leaf.</summary>
    public Node? Node => owner as Node;

    /// <summary>The leaf.</summary>
    public Tensor? Leaf => owner as Tensor;

    /// <summary>Which output of the node.</summary>
    public int Output => output;

    public bool Equals(Edge other) => owner == other.Owner && output == other.Output;

    public override bool Equals(object? obj) => obj is Edge other && Equals(other);

    public override int GetHashCode() => owner is null ? 0 : RuntimeHelpers.GetHashCode(owner) * 31 + output;

    /// <summary>The node or the leaf.</summary>
    public object? Owner => owner;
}
