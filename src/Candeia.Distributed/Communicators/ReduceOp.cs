namespace Candeia.Distributed;

/// <summary>What becomes of the numbers of all ranks.</summary>
public enum ReduceOp
{
    /// <summary>They are added up.</summary>
    Sum,
    /// <summary>The largest one.</summary>
    Max,
}
