namespace Candeia.Cli;

/// <summary>How the learning rate changes during a training.</summary>
enum Timetable
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>Divided by ten after each third of the epochs.</summary>
    Step,

    /// <summary>Down to 0 along half a cosine.</summary>
    Cosine,

    /// <summary>Up once, and far down; the highest rate is taken from the finder.</summary>
    OneCycle,
}
