namespace Candeia;

/// <summary>Where random numbers come from, one after the other.</summary>
internal interface IDoubles
{
    /// <summary>Uniform on [0, 1).</summary>
    double NextDouble();
}

/// <summary>A distribution with one parameter, each number of which needs as many random ones as it takes.</summary>
internal interface IDrawn
{
    /// <summary>Whether there is a distribution of this parameter.</summary>
    static abstract bool Takes(double parameter);

    static abstract double Draw(double parameter, ref Drops drops);
}
