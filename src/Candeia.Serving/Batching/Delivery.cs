namespace Candeia.Serving;

/// <summary>
/// Answers of a batch on their way to those who asked. What the server does with an answer is brief, so a thread of the pool takes several: waking a thread for each would cost more than the answer.
/// </summary>
sealed class Delivery : IThreadPoolWorkItem
{
    readonly List<(Waiting Request, IReadOnlyList<Tensor> Answer)> _brief;
    readonly int _from, _to;

    Delivery(List<(Waiting, IReadOnlyList<Tensor>)> brief, int from, int to) => (_brief, _from, _to) = (brief, from, to);

    /// <summary>Gives each request its answer, as many threads at once as there are for computing.</summary>
    public static void Send(List<(Waiting Request, IReadOnlyList<Tensor> Answer)> answers)
    {
        var brief = answers;
        if (answers.Exists(a => !a.Request.IsBrief))
        {
            foreach (var (request, answer) in answers)
                if (!request.IsBrief) request.Give(answer);
            brief = answers.FindAll(a => a.Request.IsBrief);
        }
        int parts = Math.Min(brief.Count, Threads.Count);
        for (int i = 0; i < parts; i++) ThreadPool.UnsafeQueueUserWorkItem(new Delivery(brief, brief.Count * i / parts, brief.Count * (i + 1) / parts), preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (int i = _from; i < _to; i++) _brief[i].Request.Give(_brief[i].Answer);
    }
}
