using System.Runtime.InteropServices;
using RelSeed.Numerics;

namespace RelSeed.Generation.Learned;

/// <summary>Words that come out even: of the first 2^m words of a stream one lies in each 2^-m-th of their range, in an order that tells nothing of
/// another stream's. So a few rows have the shares that were learned, not those plus chance.</summary>
/// <remarks>The sequence of van der Corput, its digits and its order scrambled at random (Owen 1995). Not for several threads at once.</remarks>
sealed class EvenDraws(ulong key)
{
    const int Digits = 16;

    readonly Dictionary<ulong, uint> _next = [];

    readonly Dictionary<(ulong, int), int> _taken = [];
    readonly Dictionary<ulong, Capacities> _capacities = [];

    public void Take(ulong step, int code) => _taken[(step, code)] = TimesTaken(step, code) + 1;

    public int TimesTaken(ulong step, int code) => _taken.GetValueOrDefault((step, code));

    /// <summary>The stream's next word.</summary>
    /// <param name="place">With the stream's number, which stream.</param>
    /// <param name="rest">What stands behind the even digits.</param>
    public ulong Word(ulong stream, long place, ulong rest)
    {
        var seed = CounterRandom.Mix(CounterRandom.Mix(key ^ stream) + (ulong)place);
        ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(_next, seed, out _);
        return Scrambled(seed + 1, Reversed(Shuffled(seed, next++))) << (64 - Digits) | rest >> Digits;
    }

    /// <summary>The stream's next word: each of so many equal parts once before any comes again.</summary>
    public ulong Slot(ulong stream, long slots)
    {
        ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(_next, CounterRandom.Mix(key ^ stream), out _);
        var (round, at) = Math.DivRem((long)next++, slots);
        return CounterRandom.Threshold((new Permutation(CounterRandom.Mix(key ^ stream) + (ulong)round, slots).At(at) + 0.5) / slots);
    }

    /// <summary>What is left of a reference's parents.</summary>
    public Capacities Of(ulong reference, Func<Capacities> make)
    {
        if (!_capacities.TryGetValue(reference, out var found)) _capacities[reference] = found = make();
        return found;
    }

    // A digit of the order is turned by the digits above it: aligned runs of 2^m keep their members.
    static uint Shuffled(ulong seed, uint index)
    {
        var shuffled = index;
        for (var digit = 0; digit < Digits; digit++) shuffled ^= Turn(seed, index >> (digit + 1), digit) << digit;
        return shuffled;
    }

    static ulong Scrambled(ulong seed, uint value)
    {
        var scrambled = value;
        for (var digit = 0; digit < Digits; digit++) scrambled ^= Turn(seed, value >> (digit + 1), digit) << digit;
        return scrambled;
    }

    static uint Turn(ulong seed, uint above, int digit) => (uint)CounterRandom.Mix(seed ^ ((ulong)above << 8) ^ ((ulong)(digit + 1) << 48)) & 1;

    static uint Reversed(uint index)
    {
        uint reversed = 0;
        for (var digit = 0; digit < Digits; digit++) reversed |= (index >> digit & 1) << (Digits - 1 - digit);
        return reversed;
    }
}
