namespace Candeia;

/// <summary>The operations on tensors, each in a file of its own beside its derivative.</summary>
public static partial class TensorOps;
