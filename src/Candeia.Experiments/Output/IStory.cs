using Candeia.Datasets;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>Who is told how a job comes on.</summary>
interface IStory
{
    /// <summary>What comes before the first step.</summary>
    void Title(string title, FormattableString subtitle);

    /// <summary>The next step begins.</summary>
    void Step(string title);

    /// <summary>A line about the step.</summary>
    void Line(FormattableString text);

    /// <summary>How many letters a line has room for.</summary>
    int Columns { get; }

    /// <summary>Shows how the making of a data set comes on, until it is disposed.</summary>
    IDataStory DataProgress();

    /// <summary>Shows how a training comes on.</summary>
    Progress Training { get; }
}

/// <summary>Who is told how the making of a data set comes on.</summary>
interface IDataStory : IProgress<DataProgress>, IDisposable;
