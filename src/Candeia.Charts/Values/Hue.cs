namespace Candeia.Charts;

/// <summary>The colours of a chart: told apart by colour-blind readers, each with a value for light and for dark grounds.</summary>
public enum Hue
{
    /// <summary>The warm accent: the light of the lamp.</summary>
    Orange,
    /// <summary>Deep blue.</summary>
    Blue,
    /// <summary>Sea green.</summary>
    Green,
    /// <summary>Purple.</summary>
    Purple,
    /// <summary>Old gold.</summary>
    Gold,
    /// <summary>For what is only there to compare with.</summary>
    Grey,
}
