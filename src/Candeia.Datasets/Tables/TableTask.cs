namespace Candeia.Datasets;

/// <summary>What is predicted of the rows of a table.</summary>
public enum TableTask
{
    /// <summary>
    /// What the target's cells say: classes where they are words, true or false, or at most ten different whole numbers; numbers otherwise.
    /// </summary>
    Auto,

    /// <summary>A number.</summary>
    Regression,

    /// <summary>One of a few classes.</summary>
    Classification,
}
