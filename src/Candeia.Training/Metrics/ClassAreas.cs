namespace Candeia.Training;

/// <summary>The area under the ROC curve of each class against the rest; not a number for one that does not occur, or alone occurs.</summary>
public sealed record ClassAreas(IReadOnlyList<double> Areas)
{
    /// <summary>The area of a class.</summary>
    public double this[int @class] => Areas[@class];
}
