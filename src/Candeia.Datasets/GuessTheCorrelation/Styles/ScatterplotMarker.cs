namespace Candeia.Datasets;

/// <summary>What stands for a point in a scatterplot.</summary>
public enum ScatterplotMarker
{
    /// <summary>A round spot.</summary>
    Disc,

    /// <summary>A square, its sides upright.</summary>
    Square,

    /// <summary>A square that stands on a corner.</summary>
    Diamond,

    /// <summary>A circle that is empty within.</summary>
    Ring,

    /// <summary>An upright cross.</summary>
    Plus,

    /// <summary>A triangle that points upwards.</summary>
    Triangle,
}

/// <summary>The forms of markers.</summary>
static class ScatterplotMarkers
{
    /// <summary>Whether a place is within a marker, which reaches from −1 to 1 in both directions; y grows downwards.</summary>
    public static bool Holds(this ScatterplotMarker marker, double x, double y) => Math.Abs(x) <= 1 && Math.Abs(y) <= 1 && marker switch
    {
        ScatterplotMarker.Disc => x * x + y * y <= 1,
        ScatterplotMarker.Diamond => Math.Abs(x) + Math.Abs(y) <= 1,
        ScatterplotMarker.Ring => x * x + y * y is <= 1 and >= 0.45,
        ScatterplotMarker.Plus => Math.Min(Math.Abs(x), Math.Abs(y)) <= 0.28,
        ScatterplotMarker.Triangle => Math.Abs(x) <= (y + 1) / 2,
        _ => true,
    };
}
