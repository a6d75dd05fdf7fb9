namespace Candeia.Datasets;

/// <summary>What the cells of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Numbers with a fraction.</summary>
    Number,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Days, or moments.</summary>
    Date,

    /// <summary>Words that come again: a few values, each in several rows.</summary>
    Category,

    /// <summary>Words that are different in most rows: names, notes.</summary>
    Text,
}
