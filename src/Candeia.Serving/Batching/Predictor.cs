using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Candeia.Serving;

/// <summary>
/// A model that any number of threads ask at once. What they ask while a batch is computed becomes the next batch, and each gets its part: to the bit what it
/// would get alone. The model itself is computed on one thread, which uses all of <see cref="Threads"/>.
/// </summary>
/// <remarks>
/// Metrics are those of the meter <c>Candeia.Serving</c>: how many requests there are, and how large batches are. The activity source of the same name has a <c>candeia.predict</c> for
/// each request, from its place in the queue to its answer.
/// </remarks>
/// <example><code>
/// using var predictor = new Predictor(new ServedLayer(new Linear(4, 3), ModelValue.Of("x", [4]), ModelValue.Of("scores", [3])));
/// var many = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => predictor.PredictAsync([Tensor.Rand([1, 4])])));
/// Console.WriteLine(many.Length);      // → 100
/// </code></example>
public sealed class Predictor : IDisposable, IAsyncDisposable
{
    /// <summary>Seconds of a computation for which no other thread is woken.</summary>
    const double Small = 0.0003;

    static readonly Meter s_meter = new(ServingMeters.Name);
    static readonly ActivitySource s_activities = new(ServingMeters.Name);

    readonly RequestQueue _queue;
    readonly ServingMeters _meters;
    readonly Thread _thread;
    readonly bool _together;
    double _secondsOfRow = double.MaxValue;                                // of the last batch
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to wait for requests.</summary>
    /// <param name="model">What answers.</param>
    /// <param name="options">How requests are put together.</param>
    /// <param name="name">What metrics and messages call it.</param>
    public Predictor(IServedModel model, BatchingOptions? options = null, string name = "model") : this(model, options, name, s_meter) { }

    internal Predictor(IServedModel model, BatchingOptions? options, string name, Meter meter)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Model, Name, Options) = (model, name, (options ?? new()).Checked());
        foreach (var value in model.Inputs.Concat(model.Outputs)) Datatypes.NameOf(value.DType);
        _together = model.Batches;
        _queue = new(Options, _together);
        _meters = new(meter, name);
        Writing = new(name, Options.Queue, _meters);
        _thread = new(Loop) { IsBackground = true, Name = $"candeia {name}" };
        _thread.Start();
    }

    /// <summary>What answers.</summary>
    public IServedModel Model { get; }

    /// <summary>What metrics and messages call it.</summary>
    public string Name { get; }

    /// <summary>How requests are put together.</summary>
    public BatchingOptions Options { get; }

    /// <summary>How many requests wait now.</summary>
    public int Waiting => _queue.Count;

    internal ServingMeters Meters => _meters;

    internal Writing Writing { get; }

    /// <summary>The outputs for some items, [n, …] each. Any thread may ask; the tensors that it gives must live until the answer is there.</summary>
    /// <param name="inputs">Tensors that fit the model's inputs, with at most <see cref="BatchingOptions.Most"/> items.</param>
    /// <param name="cancellation">Leaves the queue; what is being computed already is computed, for nobody.</param>
    /// <exception cref="ArgumentException">The inputs are not what the model takes; the message says what it does.</exception>
    /// <exception cref="QueueFullException">Too many are waiting.</exception>
    /// <exception cref="ObjectDisposedException">The predictor has ended.</exception>
    public Task<IReadOnlyList<Tensor>> PredictAsync(IReadOnlyList<Tensor> inputs, CancellationToken cancellation = default) => PredictAsync(inputs, isBrief: false, cancellation);

    /// <summary>The same for who does with the answer what blocks no thread, if it is brief.</summary>
    internal async Task<IReadOnlyList<Tensor>> PredictAsync(IReadOnlyList<Tensor> inputs, bool isBrief, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        int rows = Check(inputs);
        foreach (var input in inputs) input.Settle();                      // what a thread has not computed yet, no other one should
        using var request = new Waiting(inputs, rows, cancellation, isBrief);
        using var activity = s_activities.StartActivity("candeia.predict")?.SetTag("candeia.model", Name).SetTag("candeia.items", rows);
        if (!_queue.TryAdd(request)) throw new QueueFullException(Name, Options.Queue);
        _meters.Came();
        try
        {
            return await request.Answer.ConfigureAwait(false);
        }
        finally
        {
            _meters.Went();
        }
    }

    /// <summary>Computes an item of zeros, so that the first who asks need not wait for memory and compiled code. Free sizes are taken as 1.</summary>
    public async Task WarmUpAsync()
    {
        try
        {
            await PredictAsync([.. Model.Inputs.Select(i => Tensor.Zeros(Shape.Create([.. i.Shape.Select(n => Math.Max(n, 1))]), i.DType))]).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // a model with free sizes need not take 1 for each
        }
    }

    /// <summary>Takes no more requests, answers those that it has taken, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _ended.Task.ConfigureAwait(false);
        Writing.Dispose();
    }

    /// <summary>Takes no more requests, answers those that it has taken, and ends.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
        Writing.Dispose();
    }

    int Check(IReadOnlyList<Tensor> inputs)
    {
        if (inputs.Count != Model.Inputs.Count) throw new ArgumentException($"The model '{Name}' takes {string.Join("; ", Model.Inputs)}, not {inputs.Count} tensors.");
        for (int i = 0; i < inputs.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i], nameof(inputs));
            if (!Model.Inputs[i].Fits(inputs[i]))
                throw new ArgumentException($"The model '{Name}' takes {Model.Inputs[i]}, not {inputs[i].DType.Name()} {inputs[i].Shape}.");
        }
        if (!_together) return 1;
        int rows = inputs[0].Shape[0];
        if (inputs.Any(x => x.Shape[0] != rows)) throw new ArgumentException($"The inputs have {string.Join(" and ", inputs.Select(x => x.Shape[0]))} items; give as many of each.");
        if (rows == 0 || rows > Options.Most) throw new ArgumentException($"The model '{Name}' takes 1 to {Options.Most} items at a time, not {rows}.");
        return rows;
    }

    void Loop()
    {
        try
        {
            while (_queue.Take() is { } taken)
            {
                List<Waiting> batch = [.. taken.Where(r => !r.HasLeft)];
                if (batch.Count > 0) Compute(batch);
            }
        }
        finally
        {
            _ended.SetResult();
        }
    }

#pragma warning disable CA1031 // whatever a model throws belongs to who asked it, and the next batch is computed all the same
    void Compute(List<Waiting> batch)
    {
        try
        {
            Answer(batch);
        }
        catch (Exception fault)
        {
            if (batch.Count == 1) batch[0].Fail(fault);
            else foreach (var one in batch) Compute([one]);                // one bad question spoils no other's answer
        }
    }
#pragma warning restore CA1031

    void Answer(List<Waiting> batch)
    {
        using var scope = Scope.Begin();
        int rows = 0;
        foreach (var request in batch) rows += request.Rows;
        var outputs = Run(batch.Count == 1 ? batch[0].Inputs : [.. Model.Inputs.Select((_, i) => Tensor.Cat([.. batch.Select(r => r.Inputs[i])]))], rows);
        if (_together && outputs.FirstOrDefault(y => y.Rank == 0 || y.Shape[0] != rows) is { } odd)
            throw new InvalidOperationException($"The model '{Name}' has made {odd.Shape} of {rows} items; what it gives must begin with their number.");
        _meters.Computed(rows);
        int at = 0;
        List<(Waiting, IReadOnlyList<Tensor>)> answers = new(batch.Count);
        foreach (var request in batch)
        {
            var (from, to) = (at, at += request.Rows);
            // A copy of its own: an answer of one item would otherwise hold the memory of all, or be what the model goes on with.
            answers.Add((request, [.. outputs.Select(y => (batch.Count > 1 ? y[from..to].Clone() : scope.Owns(y) ? y.Contiguous() : y.Clone()).Settle().Keep())]));
        }
        Delivery.Send(answers);
    }

    /// <summary>Computes, alone where that takes less time than it takes another thread to wake up and go to sleep again.</summary>
    IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, int rows)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<Tensor> outputs;
        if (_secondsOfRow * rows < Small)
        {
            using var alone = Threads.Alone();
            outputs = RunNow(inputs);
        }
        else outputs = RunNow(inputs);
        _secondsOfRow = Stopwatch.GetElapsedTime(start).TotalSeconds / rows;
        return outputs;
    }

    IReadOnlyList<Tensor> RunNow(IReadOnlyList<Tensor> inputs)
    {
        var outputs = Model.Run(inputs);
        foreach (var y in outputs) y.Settle();
        return outputs;
    }
}
