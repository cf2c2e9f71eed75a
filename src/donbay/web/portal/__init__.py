"""The public: promises and approved figures of published programmes, read only."""
